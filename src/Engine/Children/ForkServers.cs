using System.Diagnostics;

namespace Decant.Engine.Children;

/// <summary>The programs that this process has loaded: <c>docs/adr/0027</c>.</summary>
internal static class ForkServers
{
    /// <summary>An updated library is in use after this long, and the places of things in memory are not the same for ever.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Pause before a program that could not be loaded is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Loading> Programs = new(StringComparer.Ordinal);

    /// <returns>Null where the program cannot be loaded once: then it is to be executed.</returns>
    public static async Task<Child?> TryForkAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        var loading = Load(command.Program);
        try
        {
            return await (await loading.Server.WaitAsync(cancellationToken)).ForkAsync(command, cancellationToken);
        }
        catch (IOException failure)
        {
            loading.Trouble = failure.Message;
            return null;
        }
    }

    /// <summary>Reason for which each run of a program loads it anew; null where it does not.</summary>
    public static string? Trouble(string program)
    {
        lock (Gate)
            return Programs.GetValueOrDefault(program)?.Trouble;
    }

    /// <summary>Begins to load a program, where that is not done yet.</summary>
    public static void Prepare(string program) => Load(program);

    private static Loading Load(string program)
    {
        lock (Gate)
        {
            var loading = Programs.GetValueOrDefault(program);
            if (loading is { IsOver: false })
                return loading;
            _ = loading?.RetireAsync();
            return Programs[program] = new Loading(Task.Run(() => ForkServer.StartAsync(program)));
        }
    }

    private sealed class Loading(Task<ForkServer> server)
    {
        private readonly long _began = Stopwatch.GetTimestamp();

        public Task<ForkServer> Server => server;

        public string? Trouble { get; set; }

        public bool IsOver => Stopwatch.GetElapsedTime(_began) > (Trouble is null ? Life : Pause);

        public async Task RetireAsync()
        {
            await ((Task)server).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (server.IsCompletedSuccessfully)
                (await server).Dispose();
        }
    }
}
