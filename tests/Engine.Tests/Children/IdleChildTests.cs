using Decant.Engine.Children;

namespace Decant.Engine.Tests.Children;

/// <summary>Children that use no processor time.</summary>
public sealed class IdleChildTests
{
    [Theory]
    [InlineData("sleep 1000", false)]
    [InlineData("sleep 1000", true)]
    [InlineData("exec >&- 2>&-; sleep 1000", false)]
    public async Task A_child_that_neither_works_nor_ends_is_ended_and_says_so(string script, bool isLoadedAnew)
    {
        var outcome = await ChildProcess.RunAsync(
            Patient(script, isLoadedAnew, patience: 0.3),
            TestContext.Current.CancellationToken
        );

        Assert.True(outcome.IsIdle);
        Assert.True(outcome.ExitCode > 128, $"{outcome.ExitCode}");
    }

    /// <summary>As a script does that runs ffmpeg: it waits for it.</summary>
    [Fact]
    public async Task A_child_that_waits_for_what_it_started_is_left_alone_while_that_works()
    {
        const string Script = "sh -c 'ulimit -t 3; while :; do :; done'; exit 7";

        var outcome = await ChildProcess.RunAsync(
            Patient(Script, isLoadedAnew: true, patience: 1),
            TestContext.Current.CancellationToken
        );

        Assert.False(outcome.IsIdle);
        Assert.Equal(7, outcome.ExitCode);
    }

    private static ChildCommand Patient(string script, bool isLoadedAnew, double patience) =>
        new("/bin/sh", ["-c", script])
        {
            Access = null,
            MaxIdle = TimeSpan.FromSeconds(patience),
            IsLoadedAnew = isLoadedAnew,
        };
}
