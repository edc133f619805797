using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>The program itself, running <c>decant serve</c>: something that can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listening = "Decant listens on ";

    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient(new DocumentedAnswers())
        {
            BaseAddress = address,
            DefaultRequestHeaders = { { "X-API-Key", DecantServer.Key } },
        };
    }

    public HttpClient Http { get; }

    public int Id => _process.Id;

    /// <param name="arguments">Settings.</param>
    /// <param name="environment">More of them.</param>
    /// <param name="disk">Disk under its data directory.</param>
    /// <param name="log">Told every line that it writes, on either stream.</param>
    /// <param name="within">Command that runs it, such as one that hides a part of the machine from it.</param>
    public static async Task<ServerProcess> StartAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        SmallDisk? disk = null,
        Action<string>? log = null,
        params string[] within
    )
    {
        string[] program =
        [
            .. within,
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "decant.dll"),
            "serve",
            .. arguments,
        ];
        var start = Describe(program, environment, disk);
        start.RedirectStandardError = log is not null;
        var process = Process.Start(start)!;
        _ = log is null ? Task.CompletedTask : ReadAsync(process.StandardError, log);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            log?.Invoke(line);
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                disk?.Find(process.Id);
                _ = log is null ? Task.CompletedTask : ReadAsync(process.StandardOutput, log);
                return new ServerProcess(process, new Uri(line[Listening.Length..].Split(' ')[0]));
            }
        }

        throw new InvalidOperationException("The server ended before it listened; its log is on standard error.");
    }

    /// <summary>As the kernel kills one that took too much memory: no last word, no tidying up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        params string[] within
    )
    {
        var start = Describe(
            [.. within, "dotnet", Path.Combine(AppContext.BaseDirectory, "decant.dll"), .. arguments],
            environment
        );
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, errors);
    }

    /// <summary>Waits for one that dies by itself.</summary>
    public Task DeathAsync() => _process.WaitForExitAsync().WaitAsync(Quiet.Patience);

    /// <summary>Reads on until the last child of the process has ended, too: longer than anybody waits for.</summary>
    private static async Task ReadAsync(StreamReader reader, Action<string> log)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                log(line);
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or IOException)
        {
            // Nobody wants the process any more.
        }
    }

    private static ProcessStartInfo Describe(
        string[] program,
        IReadOnlyDictionary<string, string>? environment,
        SmallDisk? disk = null
    )
    {
        var start = disk?.Start(program) ?? new ProcessStartInfo(program[0], program[1..]);
        (start.RedirectStandardOutput, start.UseShellExecute) = (true, false);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        Http.Dispose();
    }
}
