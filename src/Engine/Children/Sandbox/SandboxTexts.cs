using System.Globalization;

namespace Decant.Engine.Children.Sandbox;

/// <summary>A child's sandbox and limits as <c>forkserver/sandbox.h</c> reads them.</summary>
internal static class SandboxTexts
{
    /// <summary>Far more than any of our programs opens.</summary>
    public const int MaxDescriptors = 512;

    /// <summary>Threads of an encoder on a large machine, counted for a user of the run's own.</summary>
    private const int MaxProcesses = 1024;

    /// <summary>A script starts what it likes of these, and nothing else.</summary>
    private static readonly string[] SystemPrograms = ["x/usr", "x/bin", "x/lib", "x/lib64"];

    private static readonly string[] FoldersOfLoaders = ["/lib64", "/lib"];

    /// <param name="command">The child.</param>
    /// <param name="user">User that the child becomes; null stays.</param>
    public static IEnumerable<string> Of(ChildCommand command, RunUser? user) =>
        [
            $"n{Text(command.Niceness)}",
            $"m{Text(command.MaxMemory)}",
            $"f{Text(command.MaxFileSize ?? 0)}",
            $"d{command.WorkingDirectory}",
            .. command.Access is { } access ? Walls(command, access, user) : [],
        ];

    /// <summary>The same of a program that is executed: it is started inside its sandbox.</summary>
    public static IEnumerable<string> OfExecuted(ChildCommand command) =>
        command.Access is null
            ? Of(command, user: null)
            :
            [
                .. Of(command, user: null),
                "X1",
                $"x{command.Program}",
                .. IsScript(command.Program) ? SystemPrograms : [.. Loaders, .. Last],
            ];

    /// <summary>The sandbox of a child of the extractor's process, which adds what its request needs.</summary>
    public static IEnumerable<string> OfExtractor(SandboxOptions options, RunUser? user) => Common(options, user);

    private static bool IsScript(string program)
    {
        if (!File.Exists(program))
            return false;
        using var file = File.OpenRead(program);
        return file.ReadByte() == '#' && file.ReadByte() == '!';
    }

    private static IEnumerable<string> Loaders =>
        FoldersOfLoaders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "ld-linux-*"))
            .Select(loader => $"x{loader}");

    private static string[] Last => [$"r{ForkServer.Library}", $"L{ForkServer.Library}"];

    private static IEnumerable<string> Walls(ChildCommand command, ChildAccess access, RunUser? user) =>
        [
            .. Common(access.Options, user),
            $"p{Text(user is null ? 0 : MaxProcesses)}",
            $"s{Text((long)command.MaxProcessorTime.TotalSeconds)}",
            $"r{command.Program}",
            .. access.Reads.Select(path => $"r{path}"),
            .. command.WorkingDirectory == "/" ? (string[])[] : [$"w{command.WorkingDirectory}"],
            .. access.Ports.Select(port => $"c{Text(port)}"),
        ];

    private static IEnumerable<string> Common(SandboxOptions options, RunUser? user) =>
        [
            "B1",
            $"W{Text((int)options.LeftOut)}",
            $"S{Text(Environment.ProcessId)}",
            $"o{Text(MaxDescriptors)}",
            .. user is null ? (string[])[] : [$"U{Text(user.Number)}", "K1"],
        ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
