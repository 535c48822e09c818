@NullMarked
package org.jetfold.train.autoencoder;

import org.jspecify.annotations.NullMarked;
