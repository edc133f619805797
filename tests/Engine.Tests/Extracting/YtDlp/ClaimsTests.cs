using System.Text.Json;
using Decant.Engine.Children;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>Prefilter of the extractors (<c>worker/claims.py</c>) against yt-dlp's own patterns and its own test addresses.</summary>
public sealed class ClaimsTests
{
    /// <summary>All of them take 25 s of processor time.</summary>
    private static readonly int Part = Environment.GetEnvironmentVariable("DECANT_EXHAUSTIVE") == "1" ? 1 : 8;

    [Fact]
    public async Task No_extractor_is_left_out_that_would_have_claimed_an_address_or_embedded_in_a_page()
    {
        using var folder = ScratchDirectory.Create("claims");
        var seed = Random.Shared.Next();
        var script = Path.Combine(AppContext.BaseDirectory, "claims_check.py");
        var worker = Path.Combine(AppContext.BaseDirectory, "worker");
        var lines = new List<string>();

        var outcome = await ChildProcess.RunAsync(
            new ChildCommand("/usr/bin/python3", ["-I", "-B", script, worker, folder.Path, $"{seed}", $"{Part}"])
            {
                Access = null,
                OnLine = lines.Add,
            },
            TestContext.Current.CancellationToken
        );

        Assert.True(outcome.Succeeded, outcome.ErrorTail);
        var said = lines[^1];
        var result = JsonDocument.Parse(said).RootElement;
        Assert.True(result.GetProperty("wrong").GetArrayLength() == 0, $"With seed {seed}: {said}");
        Assert.True(result.GetProperty("addresses").GetInt32() > 500, said);
        Assert.True(result.GetProperty("texts").GetInt32() > 1500, said);
        Assert.True(result.GetProperty("asked").GetInt32() * 50 < result.GetProperty("of").GetInt32(), said);
        AssertClaimed(folder.Path, lines[..^1]);
    }

    /// <summary>The same index, read without Python.</summary>
    private static void AssertClaimed(string folder, IReadOnlyCollection<string> owned)
    {
        var sites = SiteClaims.TryRead(new EngineOptions { ExtractorIndexFolder = folder });
        Assert.NotNull(sites);
        var addresses = owned
            .Where(one => one.StartsWith("http", StringComparison.Ordinal))
            .Select(one => Uri.TryCreate(one, UriKind.Absolute, out var address) ? address : null)
            .OfType<Uri>()
            .ToList();
        Assert.True(addresses.Count > 500, $"{addresses.Count}");
        Assert.Equal([], addresses.Where(one => !sites.MayClaim(one)));
        Assert.Equal(
            [],
            new[]
            {
                "http://127.0.0.1:8080/film.mp4",
                "https://www.example.com/podcast/episodes/s01/e02.mp3?token=a1",
                "https://cdn.example.org/media/videos/2024/11/talk.webm",
                "https://download.example.net/live/news/article/sound.m4a",
            }.Where(one => sites.MayClaim(new Uri(one)))
        );
    }
}
