using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Microsoft.AspNetCore.StaticFiles;

namespace Decant.Cli.Output;

/// <summary>The format that a file's name says it has, so that no file is written under a name that lies.</summary>
internal static class NamedFormat
{
    /// <summary>Extensions of the same format besides its own.</summary>
    private static readonly Dictionary<string, Container> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        [".m4v"] = Container.Mp4,
        [".m4b"] = Container.M4a,
        [".oga"] = Container.Ogg,
        [".qt"] = Container.Mov,
        [".wave"] = Container.Wav,
    };

    private static readonly FileExtensionContentTypeProvider KnownExtensions = new();

    /// <summary>The format to make where nobody asked for one.</summary>
    /// <returns>Null where the name says nothing: it has no extension, or one that names no kind of file.</returns>
    /// <exception cref="MediaException"><c>unknown_format</c> for the name of a kind of file that is not made here.</exception>
    public static Container? Of(string name)
    {
        var extension = Path.GetExtension(name);
        if (Aliases.TryGetValue(extension, out var container) || Container.TryParse(extension, out container))
        {
            return container;
        }

        return IsKindOfFile(name) ? Container.Parse(extension.TrimStart('.')) : null;
    }

    /// <exception cref="MediaException"><c>invalid_request</c> where the name says another format than <paramref name="made"/>.</exception>
    public static void EnsureFits(string name, Container made)
    {
        var extension = Path.GetExtension(name);
        var named =
            Aliases.TryGetValue(extension, out var container) || Container.TryParse(extension, out container)
                ? container
                : null;
        if (named is null ? IsKindOfFile(name) : named != made)
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                $"the name '{Path.GetFileName(name)}' says '{extension}' and what is asked for is {made.Name}; name the file '{Path.ChangeExtension(Path.GetFileName(name), made.Name)}', or ask for another format with -f"
            )
            {
                Field = "output",
            };
        }
    }

    private static bool IsKindOfFile(string name) =>
        KnownExtensions.TryGetContentType(name, out var type) && type != "application/octet-stream";
}
