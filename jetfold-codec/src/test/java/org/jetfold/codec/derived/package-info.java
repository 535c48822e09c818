/** Tests of quantities that are computed from columns. */
@org.jspecify.annotations.NullMarked
package org.jetfold.codec.derived;
