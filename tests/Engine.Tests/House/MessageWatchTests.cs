namespace Decant.Engine.Tests.House;

public sealed class MessageWatchTests
{
    [Theory]
    [InlineData("'' answered 404: the file is no longer there.")]
    [InlineData("The format \"\" is not known.")]
    [InlineData("It holds 2.0 s of  s.")]
    [InlineData("'host' sent 5 bytes of a segment of .")]
    [InlineData("'host' sent 5 bytes of a segment of.")]
    [InlineData("The format {0} is not known.")]
    [InlineData("The value null is not allowed.")]
    [InlineData("It said: .")]
    [InlineData("")]
    public void A_hole_in_a_message_is_found(string message) => Assert.NotNull(MessageWatch.HoleIn(message));

    [Theory]
    [InlineData("'127.0.0.1' answered 404: the file is no longer there.")]
    [InlineData("The source's file is broken: it holds 2.0 s of the announced 12.0 s.")]
    [InlineData("It said: \"Sign in to confirm you’re not a bot...\".")]
    public void A_whole_message_is_left_alone(string message) => Assert.Null(MessageWatch.HoleIn(message));
}
