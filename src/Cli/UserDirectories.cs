using Decant.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace Decant.Cli;

/// <summary>Places of the user's own, by the XDG base directory specification.</summary>
internal static class UserDirectories
{
    private const string Program = "decant";

    /// <returns>Null for a user without a home.</returns>
    public static string? Cache(IConfiguration environment) =>
        Absolute(environment["XDG_CACHE_HOME"]) is { } cache ? Path.Combine(cache, Program)
        : environment["HOME"] is { Length: > 0 } home ? Path.Combine(home, ".cache", Program)
        : null;

    /// <summary>The socket at which a server of the same user is asked, and at which it listens.</summary>
    /// <returns>Null for none.</returns>
    public static string? LookUpSocket(IConfiguration environment, ExtractorSettings settings) =>
        !string.IsNullOrEmpty(settings.LookUpSocket) ? settings.FullLookUpSocket
        : (Absolute(environment["XDG_RUNTIME_DIR"]) is { } run ? Path.Combine(run, Program) : Cache(environment))
            is { } folder
            ? Path.Combine(folder, "look-ups")
        : null;

    private static string? Absolute(string? path) => Path.IsPathRooted(path) ? path : null;
}
