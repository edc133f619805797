using System.Net.Http.Json;
using System.Text.Json;

namespace Decant.Bench.Media;

/// <summary>A MeTube that somebody has started on this machine; it is asked as its page asks it.</summary>
/// <param name="address">Address at which it listens.</param>
/// <param name="downloads">Directory in which it puts its files.</param>
internal sealed class MeTube(Uri address, string downloads) : IContestant, IDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _http = new() { BaseAddress = address };

    public string Name => "MeTube";

    public bool Takes(Work work) => work.Format is "mp4" or "mp3" or "wav" or "m4a";

    public async Task<IReadOnlyList<string>> GetAsync(
        Work work,
        IReadOnlyList<Uri> media,
        string folder,
        CancellationToken cancellationToken
    )
    {
        foreach (var medium in media)
        {
            var quality = work is { Format: "mp3", Quality: { } asked } ? asked.Replace("kbps", "") : "best";
            using var answer = await _http.PostAsJsonAsync(
                "add",
                new
                {
                    url = medium.ToString(),
                    quality,
                    format = work.Format,
                    auto_start = true,
                },
                cancellationToken
            );
            answer.EnsureSuccessStatusCode();
        }
        var urls = media.Select(medium => medium.ToString()).ToHashSet();
        while (true)
        {
            var history = await _http.GetFromJsonAsync<JsonElement>("history", cancellationToken);
            var done = history
                .GetProperty("done")
                .EnumerateArray()
                .Where(entry => urls.Contains(entry.GetProperty("url").GetString()!))
                .ToList();
            if (done.Count < urls.Count)
            {
                await Task.Delay(PollEvery, cancellationToken);
                continue;
            }
            return
            [
                .. done.Select(entry =>
                    entry.GetProperty("status").GetString() == "finished"
                        ? Path.Combine(downloads, entry.GetProperty("filename").GetString()!)
                        : throw new InvalidOperationException($"MeTube ended with {entry}.")
                ),
            ];
        }
    }

    public void Dispose() => _http.Dispose();
}
