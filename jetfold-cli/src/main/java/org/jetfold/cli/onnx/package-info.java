/**
 * Writes autoencoders as ONNX models, which the ATLAS software and hardware tools read. The fields'
 * numbers are those of onnx.proto (ONNX, Apache-2.0); protobuf's own library writes them.
 */
@NullMarked
package org.jetfold.cli.onnx;

import org.jspecify.annotations.NullMarked;
