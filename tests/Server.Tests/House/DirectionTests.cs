using Decant.Engine.Tests.House;
using Decant.Server.Jobs;

namespace Decant.Server.Tests.House;

public sealed class DirectionTests
{
    /// <summary>A folder's <c>…Services</c> (its <c>AddX</c>) and <c>…Endpoints</c> (its <c>MapX</c>) are its table of contents, and name whatever they wire up.</summary>
    [Fact]
    public void Folders_of_the_server_depend_on_each_other_in_one_direction() =>
        FolderGraph.Of(typeof(Job).Assembly, type => !IsTableOfContents(type)).AssertOneDirection();

    private static bool IsTableOfContents(Type type) =>
        type is { IsAbstract: true, IsSealed: true }
        && (
            type.Name.EndsWith("Services", StringComparison.Ordinal)
            || type.Name.EndsWith("Endpoints", StringComparison.Ordinal)
        )
        && type.GetMethods().Any(method => method.IsStatic);
}
