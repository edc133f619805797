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

    public static async Task<ServerProcess> StartAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        SmallDisk? disk = null
    )
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "decant.dll"), "serve", .. arguments];
        var process = Process.Start(Describe(program, environment, disk))!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                disk?.Find(process.Id);
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
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = Describe(
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "decant.dll"), .. arguments],
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
    public Task DeathAsync() => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

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
