/** Numbers as text for people, the same in messages, tables and reports. */
@NullMarked
package org.jetfold.codec.text;

import org.jspecify.annotations.NullMarked;
