package org.jetfold.codec.autoencoder;

/**
 * A column that a network sees.
 *
 * @param name the column's name
 * @param energy whether its values are in the model's unit of energy
 * @param kept whether it is stored by itself and given to the decoder, too
 * @param normalization what the network is given
 */
public record AutoencoderVariable(
    String name, boolean energy, boolean kept, Normalization normalization) {}
