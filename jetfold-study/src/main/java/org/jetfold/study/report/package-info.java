/** The result of a study as a page for people and as JSON for programs. */
@NullMarked
package org.jetfold.study.report;

import org.jspecify.annotations.NullMarked;
