using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Decant.Lab;
using Decant.Server.Tests.Fixture;

namespace Decant.Bench.Media;

/// <summary>
/// A <see href="https://github.com/imputnet/cobalt">cobalt</see> of our own in the lab's internet, asked as its page asks it. It makes what it was
/// asked for while it is being fetched, and knows platforms' pages alone.
/// </summary>
internal sealed class Cobalt : IContestant, IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private Cobalt(Process process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "Accept", "application/json" } } };
    }

    public string Name => "cobalt";

    public bool Takes(Work work) => work.Page is not null;

    /// <param name="folder">Folder <c>api</c> of cobalt, with the packages that npm brings.</param>
    /// <param name="lab">The internet it sees.</param>
    /// <param name="cancellationToken">Token that ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended, with what it wrote.</exception>
    public static async Task<Cobalt> StartAsync(string folder, LabInternet lab, CancellationToken cancellationToken)
    {
        var port = Ports.Take();
        var process = Process.Start(
            new ProcessStartInfo("node", ["src/cobalt"])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["API_URL"] = $"http://127.0.0.1:{port}/",
                    ["API_PORT"] = $"{port}",
                    ["API_LISTEN_ADDRESS"] = "127.0.0.1",
                    ["RATELIMIT_MAX"] = "1000000",
                    ["TUNNEL_RATELIMIT_MAX"] = "1000000",
                    ["HTTP_PROXY"] = lab.Proxy.ToString(),
                    ["HTTPS_PROXY"] = lab.Proxy.ToString(),
                    ["NO_PROXY"] = "127.0.0.1",
                    ["NODE_EXTRA_CA_CERTS"] = lab.CaFile,
                    // Everybody's, in place of the one that npm would bring.
                    ["FFMPEG_BIN"] = "/usr/bin/ffmpeg",
                },
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            // It says so last, when the port that is everybody's listens already.
            if (line.Contains("internal tunnel handler running", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Cobalt(process, new Uri($"http://127.0.0.1:{port}/"));
            }
        }

        throw new InvalidOperationException($"'{folder}' ended before it listened: {await error}");
    }

    public async Task<IReadOnlyList<string>> GetAsync(
        Work work,
        IReadOnlyList<Uri> media,
        string folder,
        CancellationToken cancellationToken
    )
    {
        using var answer = await _http.PostAsJsonAsync(
            "",
            new
            {
                url = media[0].ToString(),
                downloadMode = work.IsAudio ? "audio" : "auto",
                audioFormat = work.IsAudio ? work.Format : "best",
                audioBitrate = work.Quality?.Replace("kbps", "") ?? "128",
                videoQuality = "max",
                // It fetches all of it itself, as everybody does here.
                alwaysProxy = true,
            },
            cancellationToken
        );
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (said.GetProperty("status").GetString() != "tunnel")
        {
            throw new InvalidOperationException($"cobalt refused '{media[0]}': {said}");
        }

        var path = Path.Combine(folder, $"medium.{work.Format}");
        await using var made = await _http.GetStreamAsync(said.GetProperty("url").GetString(), cancellationToken);
        await using var kept = File.Create(path);
        await made.CopyToAsync(kept, cancellationToken);
        return [path];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
