using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// Extractor's process, started before more is known than that it will be wanted: it loads yt-dlp while the command finds out what
/// to tell it (ADR 0070).
/// </summary>
/// <remarks>Where nobody takes it, it ends when this process does: its input closes.</remarks>
public sealed class ExtractorHeadStart
{
    private readonly EngineOptions _options;
    private readonly Task<Process?> _starting;
    private bool _isTaken;

    private ExtractorHeadStart(EngineOptions options)
    {
        _options = options;
        // Where a server listens it may look up.
        _starting = Task.Run(() =>
            options.LookUpSocket is { } socket && LookUpSocket.IsListenedAt(socket) ? null : TryStart()
        );
    }

    /// <param name="options">Options, of which the extractor's folder counts, the socket of a server, and the paths of Python and the worker.</param>
    public static ExtractorHeadStart Begin(EngineOptions options) => new(options);

    /// <summary>False for what is a file by its name, which is mostly looked up without the extractor.</summary>
    public static bool IsWorthIt(Uri address) => !PlainLook.IsWorthIt(address);

    /// <returns>The process, to the first who asks and starts it in the same way; else null.</returns>
    public async Task<Process?> TryTakeAsync(EngineOptions options)
    {
        var isAlike =
            options.IsForOne
            && options.ExtractorFolder == _options.ExtractorFolder
            && options.PythonPath == _options.PythonPath
            && options.WorkerScript == _options.WorkerScript;
        return isAlike && await _starting is { HasExited: false } process && !Interlocked.Exchange(ref _isTaken, true)
            ? process
            : null;
    }

    /// <summary>Tells the process that was started ahead what to go on with.</summary>
    /// <returns>Null where there is none, or it has ended.</returns>
    internal static async Task<Process?> TryGoOnAsync(EngineOptions options, string? caBundle, string home)
    {
        if (options.HeadStart is not { } ahead || await ahead(options) is not { } process)
        {
            return null;
        }

        try
        {
            var settings = WorkerCommand.Settings(options, caBundle, home);
            var line = JsonSerializer.Serialize(settings, WorkerJson.Default.WorkerSettings);
            await process.StandardInput.WriteAsync($"{line}\n");
            await process.StandardInput.FlushAsync();
            return process;
        }
        catch (IOException)
        {
            process.Dispose();
            return null;
        }
    }

    private Process? TryStart()
    {
        try
        {
            return Process.Start(WorkerCommand.DescribeAhead(_options));
        }
        catch (Win32Exception)
        {
            // The start that does know everything says what is wrong.
            return null;
        }
    }
}
