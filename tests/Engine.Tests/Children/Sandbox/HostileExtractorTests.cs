using Decant.Engine.Extracting;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Extracting.YtDlp;

namespace Decant.Engine.Tests.Children.Sandbox;

/// <summary>The same as <see cref="HostileProgramTests"/> of an extractor that a page has taken over.</summary>
public sealed class HostileExtractorTests(HostilePrograms programs, ExtractorFixture fixture)
    : IClassFixture<HostilePrograms>,
        IClassFixture<ExtractorFixture>
{
    /// <summary>With it an extractor starts programs.</summary>
    private static readonly string JavaScript = Path.Combine(HostilePrograms.RepositoryRoot, "artifacts", "javascript");

    [Fact]
    public async Task It_has_its_two_lines_and_nothing_else_open()
    {
        using var copy = new ExtractorCopy("2099.1.1");
        copy.TakeOver(
            """
            import os, stat
            kinds = []
            for one in range(3, 1024):
                try:
                    kinds.append('pipe' if stat.S_ISFIFO(os.fstat(one).st_mode) else 'socket' if stat.S_ISSOCK(os.fstat(one).st_mode) else 'other')
                except OSError:
                    pass
            said = ' '.join(sorted(kinds))
            """
        );
        await using var extractor = fixture.Create(new EngineOptions { ExtractorFolder = copy.Folder });

        var info = await extractor.InspectAsync(
            new SourcePage(fixture.On("media/small.mp4")),
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("pipe socket", info.Title);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_gets_nothing(bool hasRuntime)
    {
        Assert.SkipUnless(!hasRuntime || File.Exists(Path.Combine(JavaScript, "deno")), "There is no deno here.");
        using var copy = new ExtractorCopy("2099.1.1");
        await HostilePrograms.CompileLibraryAsync(copy.At("hostile.so"));
        await programs.WriteKeyAsync();
        var rows = string.Join(", ", programs.Rows.Select(row => $"(b'{row.Row}', b'{row.Target}')"));
        copy.TakeOver(
            $"""
            import ctypes
            library = ctypes.CDLL('{copy.At("hostile.so")}')
            getattr(library, 'try').argtypes = [ctypes.c_char_p, ctypes.c_char_p]
            said = ''.join(str(getattr(library, 'try')(row, target)) for row, target in [{rows}])
            """
        );
        await using var extractor = fixture.Create(
            new EngineOptions
            {
                ExtractorFolder = copy.Folder,
                JavaScript = hasRuntime
                    ? new JavaScriptOptions { Folder = JavaScript }
                    : new JavaScriptOptions { Runtime = "/usr/bin/false" },
            }
        );

        var info = await extractor.InspectAsync(
            new SourcePage(fixture.On("media/small.mp4")),
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );

        var done = programs.Rows.Zip(info.Title!).Where(row => row.Second != '0').Select(row => row.First.Words);
        Assert.Equal(programs.Rows.Count, info.Title!.Length);
        // Processes are counted by user: who may start a runtime, and is no user of its own, ends with the look-up's deadline.
        var forks = hasRuntime && !Environment.IsPrivilegedProcess;
        // Its pipe to its parent and its line to the host, which the test above counts, are its own, and so is its directory.
        string[] own =
        [
            "have a descriptor of somebody else's",
            "make a directory that is shut to the server",
            .. forks ? (string[])["fork without end"] : [],
        ];
        Assert.Empty(done.Except(own));
    }
}
