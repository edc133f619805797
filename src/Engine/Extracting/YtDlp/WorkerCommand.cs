using System.Diagnostics;
using System.Text;
using Decant.Engine.Children;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Command line and environment of the worker.</summary>
internal static class WorkerCommand
{
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<Process> StartAsync(EngineOptions options, string? caBundle, string home) =>
        await ExtractorHeadStart.TryGoOnAsync(options, caBundle, home)
        ?? Process.Start(Describe(options, caBundle, home))!;

    private static ProcessStartInfo Describe(EngineOptions options, string? caBundle, string home) =>
        Start(options, Arguments(options), Environment(caBundle, home), home);

    /// <summary>A worker that is told the rest, <see cref="Settings"/>, when it is known.</summary>
    public static ProcessStartInfo DescribeAhead(EngineOptions options) =>
        Start(options, ["--ahead", "--once", .. Folder(options)], Environment(caBundle: null, "/"), "/");

    public static WorkerSettings Settings(EngineOptions options, string? caBundle, string home) =>
        new([.. Arguments(options)], home, Environment(caBundle, home));

    private static ProcessStartInfo Start(
        EngineOptions options,
        IEnumerable<string> arguments,
        Dictionary<string, string> environment,
        string directory
    )
    {
        // -I: no environment, no user site. -B: no compiled files beside ours.
        var start = new ProcessStartInfo(options.PythonPath, ["-I", "-B", options.WorkerScript, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = directory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static Dictionary<string, string> Environment(string? caBundle, string home)
    {
        var environment = ChildEnvironment.Create(home);
        // Some extractors start programs they find on it, which would go round the gate.
        environment["PATH"] = "/nonexistent";
        environment["YTDLP_NO_PLUGINS"] = "1";
        if (caBundle is not null)
        {
            environment["SSL_CERT_FILE"] = caBundle;
        }

        return environment;
    }

    private static string[] Folder(EngineOptions options) =>
        options.ExtractorFolder is { } folder ? ["--extractor", Path.GetFullPath(folder)] : [];

    private static IEnumerable<string> Arguments(EngineOptions options) =>
        [
            .. Folder(options),
            .. options.ExtractorIndexFolder is { } index ? (string[])["--index", Path.GetFullPath(index)] : [],
            .. options.JavaScript.WorkerArguments,
            .. File.Exists(ForkServer.Library) ? (string[])["--sandbox", ForkServer.Library] : [],
            .. options.IsForOne ? (string[])["--once"] : [],
        ];
}

/// <summary>The rest of a worker's start, for one that was started ahead.</summary>
/// <param name="Arguments">Arguments of its command line.</param>
/// <param name="Directory">Working directory.</param>
/// <param name="Environment">Environment, all of it.</param>
internal sealed record WorkerSettings(
    IReadOnlyList<string> Arguments,
    string Directory,
    IReadOnlyDictionary<string, string> Environment
);
