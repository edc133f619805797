using Decant.Engine.Tests.House;
using Decant.Server.Jobs;

namespace Decant.Server.Tests.House;

public sealed class SourceRuleTests
{
    [Fact]
    public void A_constructor_of_the_server_with_more_than_seven_parameters_says_why() =>
        SourceRules.AssertReasonsOfLongConstructors(typeof(Job).Assembly, "src/Server");
}
