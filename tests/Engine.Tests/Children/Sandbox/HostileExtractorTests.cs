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
        Assert.Empty(done.Except(hasRuntime && !Environment.IsPrivilegedProcess ? ["fork without end"] : []));
    }
}
