/** Mergeable summaries of very many weighted values. */
@NullMarked
package org.jetfold.study.statistics;

import org.jspecify.annotations.NullMarked;
