namespace Decant.Server.Data;

/// <summary>The node does not fit the database or its other nodes, and so does not start.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
