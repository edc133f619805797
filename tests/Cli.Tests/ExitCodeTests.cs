using System.Reflection;
using Decant.Engine.Errors;

namespace Decant.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("invalid_request", 2)]
    [InlineData("unsupported_url", 2)]
    [InlineData("private_content", 4)]
    [InlineData("geo_blocked", 4)]
    [InlineData("drm_protected", 4)]
    [InlineData("blocked_address", 4)]
    [InlineData("too_large", 4)]
    [InlineData("source_failed", 5)]
    [InlineData("source_rate_limited", 5)]
    [InlineData("not_started", 5)]
    [InlineData("overloaded", 1)]
    public void A_script_can_tell_by_the_code_what_to_do_next(string error, int code) =>
        Assert.Equal(code, ExitCode.For(All.Single(known => known.Code == error)));

    [Fact]
    public void No_error_ends_as_success() => Assert.DoesNotContain(All, error => ExitCode.For(error) == ExitCode.Done);

    private static IEnumerable<MediaError> All =>
        typeof(MediaError)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(known => (MediaError)known.GetValue(null)!);
}
