using Decant.Engine.Fetching;

namespace Decant.Engine.Tests.Fetching;

public sealed class LateClosingTests
{
    [Fact]
    public async Task Nobody_waits_for_a_file_to_be_closed_but_the_end()
    {
        var closing = new LateClosing();
        using var file = new SlowFile();

        closing.Close(file);
        Assert.False(file.IsClosed);
        var end = closing.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        file.Finish();
        await end.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(file.IsClosed);
    }

    private sealed class SlowFile : IDisposable
    {
        private readonly ManualResetEventSlim _may = new();

        public bool IsClosed { get; private set; }

        public void Finish() => _may.Set();

        public void Dispose()
        {
            _may.Wait();
            IsClosed = true;
        }
    }
}
