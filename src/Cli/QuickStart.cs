using System.Runtime;
using System.Runtime.InteropServices;
using Decant.Engine;
using Decant.Engine.Extracting.YtDlp;
using Decant.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace Decant.Cli;

/// <summary>
/// Start of a command that is over within a second: Python is started first, and the runtime, which notes what methods it had to
/// compile, compiles them at the next start before they are called (<c>docs/adr/0070</c>).
/// </summary>
internal static class QuickStart
{
    /// <summary><c>PRIO_PROCESS</c> (setpriority(2)), which Linux takes to mean a thread.</summary>
    private const int OfThread = 0;

    /// <summary>Niceness of the thread that compiles ahead: anything else that wants a core goes first, for what it compiles may never be called.</summary>
    private const int Niceness = 15;

    /// <summary>Age at which notes are written again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    private static bool _isNoted;

    /// <summary>The extractor's process, where it was started; null where no command will want one.</summary>
    public static ExtractorHeadStart? Extractor { get; private set; }

    /// <summary>Begins both, where the command is one of those.</summary>
    public static void Begin(string[] args)
    {
        if (args is not ["get" or "info", .. var words])
        {
            return;
        }

        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var isForPages = IsForPages(words);
        if (isForPages)
        {
            var settings = new ExtractorSettings
            {
                Folder = environment["Extractor:Folder"],
                LookUpSocket = environment["Extractor:LookUpSocket"],
            };
            // Where there is a socket a server may look up.
            Extractor = ExtractorHeadStart.Begin(
                new EngineOptions { ExtractorFolder = settings.FullFolder },
                () => !File.Exists(UserDirectories.LookUpSocket(environment, settings))
            );
        }

        if (UserDirectories.Cache(environment) is { } folder)
        {
            CompileAhead(folder, $"start-{args[0]}-{(isForPages ? "page" : "file")}-");
        }
    }

    private static void CompileAhead(string folder, string kind)
    {
        try
        {
            var name = NotesIn(folder, kind);
            // The thread that compiles is as nice as the one that starts it.
            new Thread(() =>
            {
                _ = SetPriority(OfThread, 0, Niceness);
                ProfileOptimization.SetProfileRoot(folder);
                ProfileOptimization.StartProfile(name);
            }).Start();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Nothing is noted, and the start takes longer. The worker says what is wrong with the folder.
        }
    }

    /// <returns>Name of the notes, which hold for one build alone, of ours and of the runtime.</returns>
    private static string NotesIn(string folder, string kind)
    {
        Type[] parts = [typeof(QuickStart), typeof(EngineOptions), typeof(ExtractorSettings)];
        var build = parts.Select(part => part.Module.ModuleVersionId.ToString("N")[..8]);
        var name = $"{kind}{Environment.Version}-{string.Join('-', build)}";
        var notes = new FileInfo(Path.Combine(folder, name));
        // What is fetched changes, and with it what is worth compiling.
        _isNoted = notes.Exists && notes.LastWriteTimeUtc > TimeProvider.System.GetUtcNow().UtcDateTime - Fresh;
        if (!notes.Exists)
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
            foreach (var older in Directory.GetFiles(folder, $"{kind}*"))
            {
                File.Delete(older);
            }
        }

        return name;
    }

    /// <summary>Ends the process, and does not wait for the threads of a queue that started in a server that then did not.</summary>
    public static void End(int code)
    {
        if (_isNoted)
        {
            // Writing the same notes again takes as long as ending.
            Exit(code);
        }

        Environment.Exit(code);
    }

    /// <summary>Before the command line is read in earnest: an address that is no file's, and nobody else asked.</summary>
    private static bool IsForPages(string[] words) =>
        !words.Any(word => word.StartsWith("--remote", StringComparison.Ordinal) || word is "--help" or "-h" or "-?")
        && words.Any(word =>
            word.StartsWith("http", StringComparison.Ordinal)
            && Uri.TryCreate(word, UriKind.Absolute, out var address)
            && ExtractorHeadStart.IsWorthIt(address)
        );

    [DllImport("libc", EntryPoint = "exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int code);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);
}
