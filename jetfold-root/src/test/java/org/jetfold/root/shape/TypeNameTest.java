package org.jetfold.root.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jetfold.root.Level;
import org.jetfold.root.ValueType;
import org.jetfold.root.streamer.StreamerInfos;
import org.junit.jupiter.api.Test;

class TypeNameTest {
  private final ShapeResolver resolver = new ShapeResolver(new StreamerInfos(List.of()));

  @Test
  void takesNamesApart() {
    TypeName type = TypeName.parse("std::vector< std::pair<int , vector<unsigned  int> > >");
    assertThat(type.text()).isEqualTo("vector<pair<int,vector<unsigned int>>>");
    assertThat(type.name()).isEqualTo("vector");
    assertThat(type.arguments().getFirst().arguments())
        .extracting(TypeName::text)
        .containsExactly("int", "vector<unsigned int>");
    assertThat(TypeName.parse("vector<int>*").name()).isEqualTo("vector*");
    assertThat(TypeName.parse(">odd<").arguments()).isEmpty();
    assertThat(TypeName.parse("a<".repeat(5000) + ">".repeat(5000)).name()).isEqualTo("a");
  }

  @Test
  void nestedCollectionsAreLevels() {
    List<ShapeColumns.Found> found =
        ShapeColumns.of(resolver.ofType("map<int,vector<vector<double> > >"), resolver, List.of());
    assertThat(found).extracting(ShapeColumns.Found::path).containsExactly("first", "second");
    assertThat(found.getFirst().levels()).containsExactly(Level.LIST);
    assertThat(found.getLast().levels()).containsExactly(Level.LIST, Level.LIST, Level.LIST);
    assertThat(found.getLast().type()).isEqualTo(ValueType.FLOAT64);
  }

  @Test
  void whatCannotBeReadSaysWhy() {
    assertThat(
            ShapeColumns.of(resolver.ofType("vector<string>"), resolver, List.of())
                .getFirst()
                .problem())
        .isEqualTo("it holds text");
    assertThat(
            ShapeColumns.of(resolver.ofType("vector<Mine>"), resolver, List.of())
                .getFirst()
                .problem())
        .isEqualTo("the file does not describe class Mine");
    assertThat(
            ShapeColumns.of(
                    resolver.ofType("vector<".repeat(60) + "int" + ">".repeat(60)),
                    resolver,
                    List.of())
                .getFirst()
                .problem())
        .isNotNull();
  }
}
