using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Fuzz;

/// <summary>
/// Every operation of the document, said to wrongly in every way that can be thought of: it refuses with a stable code,
/// at once, and shows nobody anything. <c>DECANT_FUZZ_CASES</c> makes more of the seeded ones, <c>DECANT_FUZZ_SEED</c> others.
/// </summary>
public abstract class FuzzTests(FuzzedServer fuzzed, ITestOutputHelper output)
{
    private const int AtOnce = 6;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
    private static readonly int Cases = Number("DECANT_FUZZ_CASES", 3000);
    private static readonly int Seed = Number("DECANT_FUZZ_SEED", 20261122);

    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentDictionary<int, int> _statuses = [];

    [Fact]
    public async Task Whatever_is_wrong_with_a_request_it_is_refused_with_a_code_and_nothing_else_happens()
    {
        var operations = fuzzed.Operations;
        await RunAsync(
            Enumerable
                .Range(0, Cases)
                .Select(one => (operations[one % operations.Count], Seed: unchecked(Seed + one)))
                .Select(one => (one.Item1, Request.Make(one.Item1, fuzzed.Targets, one.Seed)))
        );
        await fuzzed.Targets.AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_NUL_is_refused_or_kept_in_every_field_there_is() =>
        await RunAsync(
            fuzzed
                .Operations.Where(operation => operation.Body is not null)
                .SelectMany(operation =>
                    Request
                        .WithEverywhere(operation, fuzzed.Targets, Hostile.Nul)
                        .Select(request => (operation, request))
                )
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_megabytes_are_refused_whether_they_are_announced_or_not(bool isAnnounced)
    {
        foreach (var operation in fuzzed.Operations.Where(operation => operation.Body is not null))
        {
            var answer = await Flood.SendAsync(
                fuzzed.Http.BaseAddress!,
                operation,
                fuzzed.Targets,
                isAnnounced,
                TestContext.Current.CancellationToken
            );

            Assert.True(
                answer.StartsWith("HTTP/1.1 413 ", StringComparison.Ordinal)
                    && answer.Contains("\"code\":\"too_large\"", StringComparison.Ordinal),
                $"{operation.Name}: {answer}"
            );
        }
    }

    private async Task RunAsync(IEnumerable<(Operation, Request)> cases)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (one, _) => await TryAsync(one.Item1, one.Item2)
        );
        var counts = _statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}");
        output.WriteLine(
            $"{_statuses.Values.Sum()} requests to {fuzzed.Operations.Count} operations, seed {Seed}, "
                + $"{watch.Elapsed.TotalSeconds:F1} s; {string.Join(", ", counts)}"
        );
        Assert.True(_faults.IsEmpty, string.Join('\n', _faults.Take(20).Prepend($"{_faults.Count} of them:")));
        Assert.Equal(200, (int)(await fuzzed.AskAsync("/api/v1/auth/me")).StatusCode);
    }

    private async Task TryAsync(Operation operation, Request request)
    {
        using var message = request.ToMessage(fuzzed.Http.BaseAddress!);
        using var soon = new CancellationTokenSource(Quiet.Bound(Hang));
        try
        {
            using var answer = await fuzzed.Http.SendAsync(
                message,
                HttpCompletionOption.ResponseHeadersRead,
                soon.Token
            );
            _statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
            if (await Verdict.OfAsync(operation, answer, soon.Token) is { } fault)
            {
                _faults.Enqueue($"{operation.Name} {request.Fault} {fault}");
            }
        }
        catch (Xunit.Sdk.XunitException undocumented)
        {
            _faults.Enqueue($"{operation.Name} {request.Fault} {undocumented.Message}");
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            _faults.Enqueue(
                $"{operation.Name} {request.Fault} has no answer: {exception.Message} {exception.InnerException?.Message}"
            );
        }
    }

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : usual;
}

public sealed class FuzzOnSqlite(FuzzedOn<Sqlite> on, ITestOutputHelper output)
    : FuzzTests(on.Server, output),
        IClassFixture<FuzzedOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class FuzzOnPostgres(FuzzedOn<Postgres> on, ITestOutputHelper output)
    : FuzzTests(on.Server, output),
        IClassFixture<FuzzedOn<Postgres>>;
