using System.CommandLine;
using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Cli;

/// <summary>Runs one command's work on an engine of its own, and turns every way it can end into an exit code and one line for a person.</summary>
internal sealed class EngineRun(EngineFlags flags, ParseResult parsed)
{
    /// <param name="read">Reader of the command line: what is wrong with it is said before any engine starts.</param>
    /// <param name="addresses">Addresses of all that will be asked for.</param>
    /// <param name="work">Does what was read, and returns the exit code.</param>
    public async Task<int> RunAsync<TRequest>(
        Func<TRequest> read,
        Func<TRequest, IReadOnlyCollection<Uri>> addresses,
        Func<TRequest, MediaEngine, CancellationToken, Task<int>> work
    )
    {
        using var interruption = new Interruption();
        using var loggers = flags.Verbose(parsed)
            ? LoggerFactory.Create(LogToStandardError)
            : NullLoggerFactory.Instance;
        try
        {
            // Beside the request: each takes as long as the other, the first time that anything is read.
            var options = Task.Run(() => flags.Read(parsed, Configuration()));
            var request = read();
            await using var engine = new MediaEngine(await options, TimeProvider.System, loggers);
            // What it needs is loaded while the request is looked at. What fails of it fails the look-up, too, and is told there.
            _ = engine.StartAsync(addresses(request), interruption.Token);
            try
            {
                return await work(request, engine, interruption.Token);
            }
            catch (MediaException failure)
            {
                return await ExplainAsync(failure, engine, interruption.Token);
            }
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Say("interrupted");
            return interruption.Code;
        }
        catch (MediaException failure)
        {
            Say($"{failure.Error.Code}: {failure.Message}");
            return ExitCode.For(failure);
        }
        catch (Exception failure) when (failure is ApiException || BadSetting.IsCauseOf(failure))
        {
            Say(failure.Message);
            return ExitCode.BadRequest;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Say(failure.Message);
            return ExitCode.Failed;
        }
    }

    private static async Task<int> ExplainAsync(
        MediaException failure,
        MediaEngine engine,
        CancellationToken cancellationToken
    )
    {
        Say($"{failure.Error.Code}: {failure.Message}");
        if (failure.Error == MediaError.BlockedAddress)
        {
            Say(
                "an address range of your own is let through by --allow-network, such as --allow-network 192.168.1.0/24"
            );
        }

        if (failure.Error != MediaError.Overloaded)
        {
            return ExitCode.For(failure);
        }

        // Our own part failed. What a machine lacks shows up as just that.
        var health = await engine.CheckHealthAsync(cancellationToken);
        foreach (var part in health.Parts.Where(part => !part.Present && !part.Optional))
        {
            Say($"missing: {part.Name}: {part.Detail}");
        }

        return health.Ready ? ExitCode.For(failure) : ExitCode.MachineLacksSomething;
    }

    /// <summary>Settings of the environment, with those that it has in files (<c>…_FILE</c>), as the server reads them.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A file cannot be read.</exception>
    public static IConfigurationRoot Configuration()
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables();
        configuration.AddSecretFiles();
        return configuration;
    }

    private static void Say(string line) => Console.Error.WriteLine($"decant: {line}");

    private static void LogToStandardError(ILoggingBuilder logging) =>
        logging
            .SetMinimumLevel(LogLevel.Debug)
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
