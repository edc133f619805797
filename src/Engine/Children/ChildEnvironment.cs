namespace Decant.Engine.Children;

/// <summary>Environment variables of a child process. Nothing is inherited: <c>NO_PROXY=*</c> in ours would lead a child round the gate.</summary>
internal static class ChildEnvironment
{
    /// <param name="home">The child's private directory, for whatever it keeps or caches.</param>
    public static Dictionary<string, string> Create(string home) =>
        new()
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["LANG"] = "C.UTF-8",
            ["HOME"] = home,
            ["TMPDIR"] = home,
        };
}
