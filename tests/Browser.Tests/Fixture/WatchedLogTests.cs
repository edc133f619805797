using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.Logging;

namespace Decant.Browser.Tests.Fixture;

/// <summary>The reader of the servers' logs, which would pass over everything if it heard nothing.</summary>
public sealed class WatchedLogTests
{
    [Fact]
    public void A_secret_is_heard_in_a_line_its_scope_and_its_exception_from_a_logger_that_was_there_before()
    {
        using var log = new WatchedLog();
        using var factory = new LoggerFactory();
        var logger = factory.CreateLogger("before");
        factory.AddProvider(log);

        Say(logger, "key ap_0123456789abcdefXYZ");
        Say(logger, "link http://127.0.0.1/download/video_1.mp4?expires=1&signature=e4a93325d2938ff6");
        Say(logger, "nothing at all");
        Say(logger, "fault", new InvalidOperationException($"password {Secrets.Password}"));
        using (logger.BeginScope("session rt_0123456789abcdefXYZ"))
        {
            Say(logger, "nothing either");
        }

        Assert.Equal(4, log.TakeTelling().Count());
        Assert.Empty(log.TakeTelling());
    }

    private static void Say(ILogger logger, string line, Exception? exception = null) =>
        logger.Log(LogLevel.Information, default, line, exception, (said, _) => said);
}
