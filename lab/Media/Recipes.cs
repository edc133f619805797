namespace Decant.Lab.Media;

/// <summary>All recipes. A new kind of medium is a row in one of these lists.</summary>
internal static class Recipes
{
    public static IEnumerable<MediaRecipe> All() =>
        [
            .. SourceRecipes.All(),
            .. FileRecipes.All(),
            .. ClipRecipes.All(),
            .. HlsRecipes.All(),
            .. DashRecipes.All(),
            .. BenchRecipes.All(),
            .. PictureRecipes.All(),
        ];
}
