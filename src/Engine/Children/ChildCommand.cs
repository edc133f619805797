using Decant.Engine.Children.Sandbox;

namespace Decant.Engine.Children;

/// <summary>A program to run beside us, and what it may use.</summary>
/// <param name="Program">Path of the program.</param>
/// <param name="Arguments">Arguments one by one; nothing goes through a shell.</param>
internal sealed record ChildCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Answering requests goes before converting: a ninth of the share of whoever does not stand back.</summary>
    public const int BehindRequests = 10;

    /// <summary>True where the program is loaded for this run alone, and not loaded once and forked for each run.</summary>
    public bool IsLoadedAnew { get; init; }

    /// <summary>The one it may write to, and all that is in it; <c>/</c> for none.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Files and ports that its sandbox lets it reach; null runs it without a sandbox, for tests of everything else.</summary>
    public required ChildAccess? Access { get; init; }

    /// <summary>Address space in bytes (<c>RLIMIT_AS</c>).</summary>
    public long MaxMemory { get; init; } = 4L << 30;

    /// <summary>Size in bytes of any file it writes (<c>RLIMIT_FSIZE</c>); null for no limit.</summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Processor time of all its threads (<c>RLIMIT_CPU</c>).</summary>
    public TimeSpan MaxProcessorTime { get; init; } = ProcessorTime.Least;

    /// <summary>Time without any processor time after which it is ended; its sandbox's where none is set.</summary>
    public TimeSpan MaxIdle
    {
        get => field > TimeSpan.Zero ? field : (Access?.Options ?? new SandboxOptions()).MaxIdle;
        init;
    }

    /// <summary>Niceness, 0 to 19: how far it stands back for others.</summary>
    public int Niceness { get; init; }

    /// <summary>Writes the child's standard input, which is then closed; null closes it at once.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>Reads the child's standard output to its end, in place of <see cref="OnLine"/>.</summary>
    public Func<Stream, Task>? Output { get; init; }

    /// <summary>Filter of the lines of standard error that are kept for its outcome; null keeps all.</summary>
    public Func<string, bool>? KeepsError { get; init; }

    /// <summary>Receives each line of standard output as it comes.</summary>
    public Action<string>? OnLine { get; init; }
}

/// <param name="ExitCode">0 for success; 128 and the signal's number where a signal ended it.</param>
/// <param name="Errors">The last kept lines of standard error, at most <see cref="MaxErrorLines"/>.</param>
internal sealed record ChildOutcome(int ExitCode, IReadOnlyList<string> Errors)
{
    public const int MaxErrorLines = 40;

    /// <summary>128 and SIGXCPU.</summary>
    private const int OutOfProcessorTime = 128 + 24;

    public bool Succeeded => ExitCode == 0;

    /// <summary>True where the run used its processor time up.</summary>
    public bool IsSpent => ExitCode == OutOfProcessorTime;

    /// <summary>True where the run was ended because it neither worked nor ended.</summary>
    public bool IsIdle { get; init; }

    /// <summary>The last lines of standard error, for the log.</summary>
    public string ErrorTail => string.Join('\n', Errors);
}
