using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Engine.Sources;
using Decant.Server.Money;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Billing;

/// <summary>
/// Whatever length a source says, too little or too much, and wherever it says it: what is charged is the media time of what was delivered, but for a second or
/// 1 %; or it is refused for its length or for want of money, and then nothing is delivered, nothing is charged, and no more is fetched than it took to find out.
/// </summary>
/// <param name="server">Prices a second at ten credits and at ten cents.</param>
public abstract class LyingLengthTests(DecantServer server)
{
    private const double PublicMost = 13;
    private const double Most = 20;
    private const int Rate = 10;

    /// <summary>Media time of <c>small</c> and of twelve segments; and of what is too long for everybody.</summary>
    private static readonly Dictionary<string, (double Short, double? Long)> Places = new()
    {
        ["page"] = (10, 61),
        ["feed"] = (10, 61),
        ["vod.m3u8"] = (12, 58),
        ["live.m3u8"] = (LiveMost, null),
        ["manifest.mpd"] = (10, 61),
        ["template.mpd"] = (12, 58),
        ["header.mp4"] = (10, 61),
        ["header.mkv"] = (10, 61),
        ["tiktok"] = (12, null),
    };

    /// <summary>Longest recording that is asked for; the stream is longer.</summary>
    private const double LiveMost = 4;

    private static readonly int First = Environment.GetEnvironmentVariable("DECANT_LIES_SEED") is { Length: > 0 } seed
        ? int.Parse(seed, null)
        : 20261129;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("DECANT_EXHAUSTIVE") == "1" ? 20 : 1;

    public static TheoryData<string, int> Lies =>
        new MatrixTheoryData<string, int>(Places.Keys, Enumerable.Range(First, Rounds));

    /// <param name="place">Where the source says a length.</param>
    /// <param name="seed">Of the lengths and purses; a failure is seen again with <c>DECANT_LIES_SEED</c>.</param>
    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Charged_is_what_was_delivered_whatever_was_said(string place, int seed)
    {
        var random = new Random(HashOf(place, seed));

        var faults = await Task.WhenAll(Wishes(place, random).Select(wish => FaultOfAsync(place, wish)));

        Assert.True(faults.All(fault => fault is null), string.Join('\n', faults));
        await server.RunsEndedAsync();
        await server.AssertBooksBalanceAsync();
    }

    [Fact]
    public async Task A_clip_is_paid_for_by_its_own_length_whatever_was_announced()
    {
        var payer = await Payer.NewAsync(server, Purse.Wallet, 1000);

        var id = await payer.Http.StartAsync(
            new
            {
                url = server.Origin($"says/18/vod.m3u8?clip={Guid.NewGuid():n}"),
                format = "mp3",
                clip = new { start = 2, end = 5 },
            }
        );

        var job = await payer.Http.CompletionOfAsync(id);
        Assert.InRange((double)job["duration"]!, 2.9, 3.1);
        Assert.Equal(1000 - 3 * Rate, await payer.BalanceAsync());
    }

    /// <summary>Requests for a source: by a purse that bears it and by one that does not, by a stranger, and two for media that are too long.</summary>
    private static IEnumerable<Wish> Wishes(string place, Random random)
    {
        var (real, tooLong) = Places[place];
        var isRich = random.Next(2) == 0;
        yield return new Wish(Purse.Credits, Below(real), AmountOf(isRich, real), IsLong: false);
        yield return new Wish(Purse.Wallet, Any(real), AmountOf(!isRich, real), IsLong: false);
        yield return new Wish(null, Any(real), 0, IsLong: false);
        if (tooLong is { } length)
        {
            yield return new Wish(
                random.Next(2) == 0 ? Purse.Credits : Purse.Wallet,
                Below(length),
                5000,
                IsLong: true
            );
            yield return new Wish(null, Below(length), 0, IsLong: true);
        }

        double Below(double length) => Said(0.2 + (random.NextDouble() * 0.8 * length));

        double Any(double length) =>
            random.Next(4) switch
            {
                0 => Below(length),
                // Within what is ours to bear, and just past it.
                1 => Said(length - 1.2 + (random.NextDouble() * 2.4)),
                2 => Said(length * (1 + (2 * random.NextDouble()))),
                _ => Said(length * random.Next(3, 1000)),
            };

        long AmountOf(bool rich, double length) => rich ? 100_000 : random.Next((int)((length - 1) * Rate));

        static double Said(double seconds) => Math.Round(seconds, 1);
    }

    /// <returns>Null where the property holds.</returns>
    private async Task<string?> FaultOfAsync(string place, Wish wish)
    {
        var payer = wish.Purse is { } purse ? await Payer.NewAsync(server, purse, wish.Amount) : null;
        var key = $"{Random.Shared.NextInt64(100_000_000, 999_999_999)}";
        var (code, job) = await OutcomeAsync(payer, AddressOf(place, wish, key));
        var real = wish.IsLong ? Places[place].Long!.Value : Places[place].Short;
        var fault = job?.Text("status") == "COMPLETED" ? await PaidFaultAsync() : await RefusedFaultAsync();
        return fault is null ? null : $"{place}, {wish}, {code} {job?.ToJsonString()}: {fault}";

        async Task<string?> PaidFaultAsync()
        {
            var delivered = (double)job!["duration"]!;
            if (Math.Abs(delivered - real) > 1 || real > Limit() + 1)
            {
                return "delivered what should not be";
            }

            if (payer is null)
            {
                return null;
            }

            var moved = await payer.MovedAsync(job.Number("id"));
            var counted = Margin.Counted(
                (double?)job["estimated_duration"] is { } said ? TimeSpan.FromSeconds(said) : null,
                TimeSpan.FromSeconds(delivered)
            );
            return moved.Charged != (long)Math.Ceiling(Math.Round(counted.TotalSeconds * Rate, 6))
                || Math.Abs(moved.Charged - (real * Rate)) > (Rate * Math.Max(1, real / 100)) + 1
                    ? $"charged {moved.Charged}"
                : moved.Holds.Sum() != moved.Released ? $"held {moved.Holds.Sum()} and gave back {moved.Released}"
                : await payer.BalanceAsync() != payer.Amount - moved.Charged ? "another balance than charged"
                : null;
        }

        async Task<string?> RefusedFaultAsync()
        {
            var isExpected = code switch
            {
                "too_long" => real > Limit() || wish.Said > Limit(),
                "insufficient_credits" or "insufficient_api_balance" => code == payer?.Shortage
                    && payer.Amount < Math.Max(wish.Said, real) * Rate,
                // Whoever says more than there is may be taken for one who was cut off.
                "source_failed" => wish.Said > real + 1,
                _ => false,
            };
            var sent = server.Lab.Requests.BytesSent(key);
            return !isExpected ? "refused for no reason"
                : job?["download_url"] is not null ? "delivered all the same"
                : payer is not null && await payer.BalanceAsync() != payer.Amount ? "charged all the same"
                : wish.IsLong && sent > await LengthOfAsync(place) * 3 / 4 ? $"fetched {sent} bytes"
                : null;
        }

        double Limit() => payer is null ? PublicMost : Most;
    }

    private async Task<(string? Code, JsonNode? Job)> OutcomeAsync(Payer? payer, string url)
    {
        var http = payer?.Http ?? server.Public;
        var answer = await http.PostAsJsonAsync(
            payer is null ? "/api/v1/video/public/download" : JobFlow.Download,
            new
            {
                url,
                playlist_items = "1",
                max_duration = LiveMost,
                live_from_start = true,
            }
        );
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        if (!answer.IsSuccessStatusCode)
        {
            return (body.Text("code"), null);
        }

        var accepted = body["job"]!;
        var job = payer is null
            ? await server.PublicEndOfAsync(accepted.Text("status_url"))
            : await payer.Http.EndOfAsync(accepted.Number("id"));
        return ((string?)job["error"]?["code"], job);
    }

    private string AddressOf(string place, Wish wish, string key)
    {
        if (place == "tiktok")
        {
            return FormattableString.Invariant(
                $"https://www.tiktok.com/@decantlab/video/7299{(int)Math.Round(wish.Said * 10):000000}{key}"
            );
        }

        // Slow enough that half of it is not here before anybody has looked.
        var query = wish.IsLong
            ? $"long=1&rate={(place.Contains("header", StringComparison.Ordinal) ? 150_000 : 25_000)}&"
            : "";
        return server.Origin(FormattableString.Invariant($"says/{wish.Said:0.0}/{place}?{query}key={key}"));
    }

    /// <summary>Bytes of all that is linked to where it is too long.</summary>
    private async Task<long> LengthOfAsync(string place)
    {
        var name = place switch
        {
            "vod.m3u8" => "live-segments",
            "template.mpd" => "live-fragments",
            "header.mkv" => "minute.mkv",
            _ => "minute.mp4",
        };
        var file = await server.Lab.Media.GetAsync(name, TestContext.Current.CancellationToken);
        return
            Directory
                .EnumerateFiles(
                    Path.GetDirectoryName(file.Path)!,
                    name == "live-fragments" ? "chunk-stream0-*" : "*.ts"
                )
                .Sum(path => new FileInfo(path).Length)
                is > 0
                    and var segments
            && !name.StartsWith("minute", StringComparison.Ordinal)
            ? segments
            : file.Length;
    }

    /// <summary>The same in every run, which the framework's own hashes are not.</summary>
    private static int HashOf(string place, int seed) =>
        place.Aggregate(seed, (hash, letter) => unchecked((hash * 31) + letter));

    /// <param name="Purse">Who pays; null for nobody.</param>
    /// <param name="Said">Seconds that the source says.</param>
    /// <param name="Amount">In the purse.</param>
    /// <param name="IsLong">The media are too long.</param>
    private sealed record Wish(Purse? Purse, double Said, long Amount, bool IsLong);
}

public sealed class LyingLengthsOnSqlite(LyingServer<Sqlite> on)
    : LyingLengthTests(on.Server),
        IClassFixture<LyingServer<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class LyingLengthsOnPostgres(LyingServer<Postgres> on)
    : LyingLengthTests(on.Server),
        IClassFixture<LyingServer<Postgres>>;

/// <summary>A server whose limits and prices fit media of some seconds.</summary>
public sealed class LyingServer<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    public DecantServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await DecantServer.StartAsync<TDatabase>([
            .. SmallPrices.Settings,
            "Limits:PublicMaxDuration=00:00:13",
            "Limits:MaxDuration=00:00:20",
        ]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
