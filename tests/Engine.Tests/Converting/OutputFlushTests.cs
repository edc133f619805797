using Decant.Engine.Converting;

namespace Decant.Engine.Tests.Converting;

public sealed class OutputFlushTests(MediaFiles files) : IClassFixture<MediaFiles>
{
    [Fact]
    public async Task A_file_that_is_not_there_yet_or_grows_or_is_empty_is_left_as_it_is()
    {
        var path = Path.Combine(files.NewDirectory(), "made");
        var flush = new OutputFlush(path);
        flush.Grown();
        flush.Whole();
        Assert.False(File.Exists(path));

        await using (var made = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            flush.Grown();
            await made.WriteAsync(new byte[20 << 20], TestContext.Current.CancellationToken);
            flush.Grown();
            await made.WriteAsync(new byte[1000], TestContext.Current.CancellationToken);
        }

        flush.Whole();
        Assert.Equal((20 << 20) + 1000, new FileInfo(path).Length);
    }
}
