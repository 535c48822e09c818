@NullMarked
package org.jetfold.tables.hepdata;

import org.jspecify.annotations.NullMarked;
