using Decant.Cli.Progress;
using Decant.Engine;

namespace Decant.Cli.Tests.Progress;

public sealed class ProgressLinesTests : IDisposable
{
    private readonly StringWriter _log = new();
    private readonly HandSetClock _clock = new();
    private readonly ProgressLines _lines;

    public ProgressLinesTests() => _lines = new ProgressLines(_log, _clock);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Each_stage_is_a_line()
    {
        _lines.Report(new(EngineStage.Resolving, 0));
        _lines.Report(new(EngineStage.Downloading, 2, 100_000, 2_000_000, 500_000));
        _lines.Report(new(EngineStage.Converting, 2));

        Assert.Equal(
            [
                "decant:   0 % resolving",
                "decant:   2 % downloading 100 kB of 2 MB, 500 kB/s",
                "decant:   2 % converting",
            ],
            Lines
        );
    }

    [Fact]
    public void A_quick_run_writes_no_more_than_a_line_a_second()
    {
        for (var percent = 0; percent <= 100; percent++)
        {
            _lines.Report(new(EngineStage.Downloading, percent));
        }

        Assert.Single(Lines);
    }

    [Fact]
    public void A_slow_run_writes_a_line_for_each_tenth()
    {
        for (var percent = 0; percent <= 100; percent++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            _lines.Report(new(EngineStage.Downloading, percent));
        }

        Assert.Equal(11, Lines.Length);
    }

    private string[] Lines => _log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class HandSetClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
