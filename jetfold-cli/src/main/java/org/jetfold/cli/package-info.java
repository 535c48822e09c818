/**
 * The command line. {@link org.jetfold.cli.Jetfold} is the program and lists its commands, which
 * are in the packages below by what a user is about: {@code compress} (and back), {@code inspect},
 * {@code train}, {@code study}, {@code compare}, {@code demo}. They stand on {@code option}, which
 * several share, {@code file}, which names, opens and writes files, {@code console}, which speaks
 * to the user, and {@code onnx}, which writes networks.
 */
@NullMarked
package org.jetfold.cli;

import org.jspecify.annotations.NullMarked;
