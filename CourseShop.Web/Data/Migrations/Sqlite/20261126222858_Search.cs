using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CourseShop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CourseSearchEntries",
                columns: table => new
                {
                    CourseId = table.Column<long>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Teacher = table.Column<string>(type: "TEXT", nullable: false),
                    Lessons = table.Column<string>(type: "TEXT", nullable: false),
                    Description = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseSearchEntries", x => x.CourseId);
                });

            migrationBuilder.CreateTable(
                name: "StaleSearchEntries",
                columns: table => new
                {
                    CourseId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaleSearchEntries", x => x.CourseId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Status_Id",
                table: "Orders",
                columns: new[] { "Status", "Id" });

            SearchIndex.Build(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            SearchIndex.Remove(migrationBuilder);

            migrationBuilder.DropTable(
                name: "CourseSearchEntries");

            migrationBuilder.DropTable(
                name: "StaleSearchEntries");

            migrationBuilder.DropIndex(
                name: "IX_Orders_Status_Id",
                table: "Orders");
        }
    }
}
