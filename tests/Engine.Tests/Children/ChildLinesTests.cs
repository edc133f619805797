using Decant.Engine.Children;

namespace Decant.Engine.Tests.Children;

public sealed class ChildLinesTests
{
    [Fact]
    public async Task Lines_are_told_one_by_one_also_the_last_without_an_end()
    {
        var lines = new List<string>();

        await ChildLines.ReadAsync(new StringReader("one\r\n\ntwo\nthree"), lines.Add);

        Assert.Equal(["one", "", "two", "three"], lines);
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut_and_takes_no_memory()
    {
        var lines = new List<string>();
        // Reading never waits, so that all of it is this thread's.
        var before = GC.GetAllocatedBytesForCurrentThread();

        await ChildLines.ReadAsync(new Endless(200_000_000), lines.Add);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(ChildLines.Longest, Assert.Single(lines).Length);
        Assert.InRange(allocated, 0, 1 << 20);
    }

    private sealed class Endless(long length) : TextReader
    {
        private long _left = length;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            var part = (int)Math.Min(buffer.Length, _left);
            buffer.Span[..part].Fill('x');
            _left -= part;
            return ValueTask.FromResult(part);
        }
    }
}
