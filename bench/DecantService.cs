using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Decant.Lab;

namespace Decant.Bench;

/// <summary>A Decant server of our own, started as an operator would.</summary>
internal sealed class DecantService : IAsyncDisposable
{
    private const string Key = "ap_bench_bench_bench";

    private readonly Process _process;

    private DecantService(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "X-API-Key", Key } } };
    }

    public HttpClient Http { get; }

    public int ProcessId => _process.Id;

    /// <param name="program">Path of the program.</param>
    /// <param name="folder">Folder in which it keeps what it has.</param>
    /// <param name="cancellationToken">Token that ends the wait.</param>
    /// <param name="lab">The internet it sees, where platforms are asked for.</param>
    public static async Task<DecantService> StartAsync(
        string program,
        string folder,
        CancellationToken cancellationToken,
        LabInternet? lab = null
    )
    {
        var start = new ProcessStartInfo(
            program,
            ["serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(folder, "data")]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["Accounts__BootstrapKey"] = Key,
                ["Egress__AllowedNetworks__0"] = "127.0.0.0/8",
                ["RateLimits__Download"] = "0",
                ["RateLimits__Info"] = "0",
                ["RateLimits__JobStatus"] = "0",
                ["RateLimits__JobManagement"] = "0",
                ["Jobs__MaxPerAccount"] = "16",
                ["Jobs__MaxPerPlatform"] = "16",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        if (lab is not null)
        {
            start.Environment["Egress__Proxy"] = lab.Proxy.ToString();
            start.Environment["Egress__CaFile"] = lab.CaFile;
        }
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            // Decant listens on http://127.0.0.1:41234 (try it at ...)
            if (line.StartsWith("Decant listens on ", StringComparison.Ordinal))
            {
                return new DecantService(process, new Uri(line.Split(' ')[3]));
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    /// <returns>The job's number.</returns>
    public async Task<long> SubmitAsync(Uri medium, string format, string? quality, CancellationToken cancellationToken)
    {
        using var response = await Http.PostAsJsonAsync(
            "/api/v1/video/download",
            new
            {
                url = medium.ToString(),
                format,
                quality,
            },
            cancellationToken
        );
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return response.IsSuccessStatusCode
            ? answer.GetProperty("job").GetProperty("id").GetInt64()
            : throw new InvalidOperationException($"'{medium}' was refused: {answer}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using (var polite = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]))
        {
            await polite.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
