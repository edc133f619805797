using System.Diagnostics;
using System.Text;
using Decant.Engine.Children;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Command line and environment of the worker.</summary>
internal static class WorkerCommand
{
    public static ProcessStartInfo Describe(EngineOptions options, string? caBundle, string home)
    {
        // -I: no environment, no user site. -B: no compiled files beside ours.
        var start = new ProcessStartInfo(options.PythonPath, ["-I", "-B", options.WorkerScript, .. Arguments(options)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = home,
        };
        start.Environment.Clear();
        foreach (var (name, value) in ChildEnvironment.Create(home))
        {
            start.Environment[name] = value;
        }

        // Some extractors start programs they find on it, which would go round the gate.
        start.Environment["PATH"] = "/nonexistent";
        start.Environment["YTDLP_NO_PLUGINS"] = "1";

        if (caBundle is not null)
        {
            start.Environment["SSL_CERT_FILE"] = caBundle;
        }

        return start;
    }

    private static IEnumerable<string> Arguments(EngineOptions options) =>
        [
            .. options.ExtractorFolder is { } folder ? (string[])["--extractor", Path.GetFullPath(folder)] : [],
            .. options.ExtractorIndexFolder is { } index ? (string[])["--index", Path.GetFullPath(index)] : [],
            .. options.JavaScript.WorkerArguments,
            .. File.Exists(ForkServer.Library) ? (string[])["--sandbox", ForkServer.Library] : [],
            .. options.IsForOne ? (string[])["--once"] : [],
        ];
}
