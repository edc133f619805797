using Decant.Engine.Errors;

namespace Decant.Cli;

/// <summary>Exit codes.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadRequest = 2;
    public const int MachineLacksSomething = 3;
    public const int Unavailable = 4;
    public const int SourceFailing = 5;

    /// <summary><c>doctor</c> found something that needs doing.</summary>
    public const int NeedsDoing = 6;

    /// <summary>Base of the exit code that shells give a process ended by a signal: 128 plus the signal's number, so 130 for Ctrl-C.</summary>
    public const int Signalled = 128;

    /// <summary>Exit code where several media were asked for and some failed: this plus their number, 99 at most.</summary>
    public const int SomeFailed = 10;

    public static int OfSeveral(int failed) => failed == 0 ? Done : SomeFailed + Math.Min(failed, 99);

    public const string Help = """
        Exit codes:
          0    done
          1    failed on this machine (disk full, no permission ...)
          2    a bad request: not a URL, no such format, a file in the way ...
          3    something is missing on this machine
          4    the source does not give it: private, deleted, other country, DRM, too large ...
          5    the source is failing for now: try again later
          10+N of several media, N failed (109: 99 or more)
          130  interrupted (143 by SIGTERM); nothing is left behind
        """;

    public static int For(MediaException failure) =>
        failure is { IsFinal: true, Error.Retryable: true } ? Unavailable : For(failure.Error);

    public static int For(MediaError error) =>
        error.Code switch
        {
            "invalid_request" or "invalid_url" or "unsupported_url" or "unknown_format" => BadRequest,
            "overloaded" => Failed,
            _ => error.Retryable ? SourceFailing : Unavailable,
        };
}
