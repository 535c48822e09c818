/**
 * Autoencoders as ONNX models, which the ATLAS software and hardware tools read. Field numbers are
 * those of onnx.proto (ONNX, Apache-2.0).
 */
@NullMarked
package org.jetfold.cli.onnx;

import org.jspecify.annotations.NullMarked;
