namespace Decant.Engine.Tests.House;

public sealed class SourceRuleTests
{
    [Theory]
    [InlineData("src/Engine")]
    [InlineData("src/Server")]
    [InlineData("src/Cli")]
    [InlineData("src/Client")]
    public void Files_are_short_and_summaries_have_a_subject(string folder)
    {
        SourceRules.AssertShortFiles(folder);
        SourceRules.AssertSubjectsOfSummaries(folder);
    }

    [Fact]
    public void A_constructor_of_the_engine_with_more_than_seven_parameters_says_why() =>
        SourceRules.AssertReasonsOfLongConstructors(typeof(MediaEngine).Assembly, "src/Engine");
}
