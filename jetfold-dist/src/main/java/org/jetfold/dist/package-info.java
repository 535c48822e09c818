/** Makes what the archives of a release hold beside the jars of the build. */
@NullMarked
package org.jetfold.dist;

import org.jspecify.annotations.NullMarked;
