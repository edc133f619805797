namespace Decant.Cli;

/// <summary>Settings of the server on the command line: <c>--Section:Name value</c> or <c>--Section:Name=value</c>.</summary>
internal static class ServerSettings
{
    /// <summary>Settings outside any section.</summary>
    private static readonly HashSet<string> TopLevel = new(["PublicBaseUrl"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The first argument that is not part of a setting. .NET's configuration would take <c>--port 9000</c> without a word, and ignore it.</summary>
    public static string? FindStray(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            var name = argument.Split('=', 2)[0];
            if (
                !name.StartsWith("--", StringComparison.Ordinal)
                || !(name.Contains(':') || TopLevel.Contains(name[2..]))
            )
            {
                return argument;
            }

            if (name == argument && ++index == arguments.Count)
            {
                // A name without its value.
                return argument;
            }
        }

        return null;
    }
}
