namespace Decant.Engine.Tests.House;

public sealed class DirectionTests
{
    [Fact]
    public void Folders_of_the_engine_depend_on_each_other_in_one_direction() =>
        FolderGraph.Of(typeof(MediaEngine).Assembly, _ => true).AssertOneDirection();
}
