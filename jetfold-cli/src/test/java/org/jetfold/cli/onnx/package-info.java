/** Tests of the export to ONNX. */
@NullMarked
package org.jetfold.cli.onnx;

import org.jspecify.annotations.NullMarked;
