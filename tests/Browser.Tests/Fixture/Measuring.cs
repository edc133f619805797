namespace Decant.Browser.Tests.Fixture;

/// <summary>Figures of the page, which want a quiet machine: <c>bench/page/run.sh</c> asks for them, and the suite leaves them out.</summary>
internal static class Measuring
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("DECANT_BENCH_PAGE") == "1";

    public static void SkipUnlessAsked() => Assert.SkipUnless(IsAsked, "bench/page/run.sh asks.");
}
