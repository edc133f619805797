namespace Decant.Engine.Fetching.Files;

/// <summary>The origin now has another version of the file than the one whose bytes are here.</summary>
internal sealed class FileChangedException() : Exception("The file changed while it was fetched.");
