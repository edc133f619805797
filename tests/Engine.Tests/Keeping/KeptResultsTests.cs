using Decant.Engine.Errors;
using Decant.Engine.Keeping;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Planning;

namespace Decant.Engine.Tests.Keeping;

public sealed class KeptResultsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("decant-kept-").FullName;
    private readonly KeptFiles _kept;
    private readonly KeptResults _results;
    private readonly List<EngineProgress> _told = [];
    private int _made;

    public KeptResultsTests()
    {
        _kept = new KeptFiles(new KeepOptions(Path.Combine(_root, "kept")), TimeProvider.System);
        _results = new KeptResults(_kept);
    }

    [Fact]
    public async Task What_was_made_is_taken_by_the_next()
    {
        var first = await GetAsync(MakeAsync);
        var second = await GetAsync(MakeAsync);

        Assert.Equal(1, _made);
        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal("the medium", await File.ReadAllTextAsync(second.Path, TestContext.Current.CancellationToken));
        Assert.Equal(
            "the picture",
            await File.ReadAllTextAsync(second.ThumbnailPath!, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Who_waits_is_told_how_far_it_is()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IProgress<EngineProgress>? leader = null;
        var first = GetAsync(
            async (directory, all) =>
            {
                leader = all;
                await go.Task;
                return await MakeAsync(directory, all);
            }
        );
        var second = GetAsync(MakeAsync, new DirectProgress<EngineProgress>(_told.Add));

        leader!.Report(new EngineProgress(EngineStage.Converting, 50));
        go.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(1, _made);
        Assert.Equal([50], _told.Select(one => one.Percent));
    }

    [Fact]
    public async Task Who_waits_does_it_himself_when_the_first_gives_up()
    {
        using var impatient = new CancellationTokenSource();
        var first = GetAsync(
            async (_, _) =>
            {
                await Task.Delay(Timeout.Infinite, impatient.Token);
                throw new InvalidOperationException("It was cancelled.");
            }
        );
        var second = GetAsync(MakeAsync);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await second;
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task What_failed_is_not_kept()
    {
        var failure = new MediaException(MediaError.SourceFailed, "Broken.");

        await Assert.ThrowsAsync<MediaException>(() => GetAsync((_, _) => throw failure));

        await GetAsync(MakeAsync);
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Who_waits_fails_with_the_first_and_not_one_after_the_other()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, 5).Select(_ => GetAsync(FailAsync)).ToList();

        go.SetResult();

        foreach (var one in all)
        {
            var failure = await Assert.ThrowsAsync<MediaException>(() => one);
            Assert.Equal((MediaError.SourceRateLimited, TimeSpan.FromMinutes(1)), (failure.Error, failure.RetryAfter));
        }

        Assert.Equal(1, _made);

        async Task<ExtractionResult> FailAsync(string directory, IProgress<EngineProgress> progress)
        {
            _made++;
            await go.Task;
            throw new MediaException(MediaError.SourceRateLimited, "Too many.")
            {
                RetryAfter = TimeSpan.FromMinutes(1),
            };
        }
    }

    [Fact]
    public async Task The_description_of_a_file_goes_with_the_file()
    {
        await GetAsync(MakeAsync);
        Assert.NotNull(_kept.ResultOf("key"));

        _kept.Forget("key");

        Assert.Null(_kept.ResultOf("key"));
        await GetAsync(MakeAsync);
        Assert.Equal(2, _made);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Task<ExtractionResult> GetAsync(
        Func<string, IProgress<EngineProgress>, Task<ExtractionResult>> make,
        IProgress<EngineProgress>? progress = null
    )
    {
        var directory = Directory.CreateDirectory(Path.Combine(_root, $"{Guid.NewGuid():n}")).FullName;
        return _results.GetAsync(
            "key",
            directory,
            progress ?? new DirectProgress<EngineProgress>(_ => { }),
            all => make(directory, all),
            TestContext.Current.CancellationToken
        );
    }

    private async Task<ExtractionResult> MakeAsync(string directory, IProgress<EngineProgress> all)
    {
        _made++;
        var (medium, picture) = (Path.Combine(directory, "medium.mp4"), Path.Combine(directory, "thumbnail.jpg"));
        await File.WriteAllTextAsync(medium, "the medium", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(picture, "the picture", TestContext.Current.CancellationToken);
        return new ExtractionResult
        {
            Info = SampleSources.Medium() with { Platform = Platform.YouTube },
            Container = Container.Mp4,
            Path = medium,
            ThumbnailPath = picture,
            Size = 10,
            Duration = TimeSpan.FromSeconds(1),
        };
    }
}
